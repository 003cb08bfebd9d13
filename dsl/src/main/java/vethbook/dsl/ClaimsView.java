package vethbook.dsl;

import java.util.ArrayList;
import java.util.List;
import vethbook.extension.MimeBundle;
import vethbook.measure.Claim;

/** Claims with their answers: how many hold, then a line for each. */
public final class ClaimsView {
  private final List<Claim> claims;

  ClaimsView(List<Claim> claims) {
    this.claims = claims;
  }

  /** The claims in the order of the block. */
  public List<Claim> getClaims() {
    return claims;
  }

  /** The sentences, as Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder("**").append(summary()).append("**\n\n");
    for (Claim claim : claims) {
      text.append("- ").append(claim.answer().sign()).append(" “").append(claim.said());
      text.append("” **").append(claim.text()).append("**: ").append(claim.because());
      text.append(".\n");
    }
    return text.toString().stripTrailing();
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    for (Claim.Answer answer : Claim.Answer.values()) {
      long count = claims.stream().filter(claim -> claim.answer() == answer).count();
      if (count > 0) {
        parts.add(count + " " + answer.of(count));
      }
    }
    return "Of %d %s commonly said: %s."
        .formatted(
            claims.size(), claims.size() == 1 ? "thing" : "things", String.join(", ", parts));
  }

  MimeBundle bundle() {
    return MimeBundle.plain(toString()).and(MimeBundle.MARKDOWN, markdown());
  }

  @Override
  public String toString() {
    return markdown().replace("**", "").replace("\n\n", "\n");
  }
}
