package vethbook.lab.kind;

/**
 * A kind without options: {@code dummy}, which drops what it sends, or {@code ifb}, through which
 * received packets are sent again.
 */
public record Plain(String name) implements LinkKind {}
