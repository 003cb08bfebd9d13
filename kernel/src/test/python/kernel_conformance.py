"""Jupyter's own conformance tests, run against installed kernelspecs vethbook and vethbook-java."""

import unittest

import jupyter_kernel_test


class VethbookTests(jupyter_kernel_test.KernelTests):
    kernel_name = "vethbook"
    language_name = "groovy"
    file_extension = ".groovy"

    code_hello_world = "println 'hello, world'"
    code_stderr = "System.err.println 'oops'"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "def x = 'a' + 'b'; x", "result": "ab"},
        {"code": "[1, 2, 3]", "result": "[1, 2, 3]"},
    ]
    code_display_data = [
        {"code": "display('shown'); null", "mime": "text/plain"},
        {"code": "display([a: 1]); null", "mime": "text/html"},
    ]
    code_generate_error = "throw new IllegalStateException('on purpose')"
    code_inspect_sample = "println"

    complete_code_samples = ["1", "println 'hello'", "def f(x) {\n  x * 2\n}"]
    incomplete_code_samples = ["def f(x) {", "'''text", "[1, 2,", "println("]
    invalid_code_samples = ["1 +* )", "def 1x = 2"]

    completion_samples = [
        {"text": "prin", "matches": {"print", "printf", "println"}},
    ]
    code_clear_output = "clearOutput()"
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")


class VethbookJavaTests(jupyter_kernel_test.KernelTests):
    kernel_name = "vethbook-java"
    language_name = "java"
    file_extension = ".jsh"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": 'var x = "a" + "b"; x', "result": "ab"},
        {"code": "int twice(int n) { return 2 * n; }\ntwice(4)", "result": "8"},
        {"code": "%%groovy\n[1, 2, 3]", "result": "[1, 2, 3]"},
    ]
    code_display_data = [
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": 'display("<b>shown</b>", "text/html");', "mime": "text/html"},
        {"code": 'display(Map.of("a", 1));', "mime": "text/html"},
    ]
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_inspect_sample = "Math.max"

    complete_code_samples = ["1", 'System.out.println("hello");', "int f(int x) {\n  return x * 2;\n}"]
    incomplete_code_samples = ["int f(int x) {", 'var t = """', "List.of(1, 2,", "for (;;)"]
    invalid_code_samples = ["int x = ;", "1 +* 2)"]

    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot("}},
        {"text": "%maven", "matches": {"%maven", "%mavenRepo"}},
    ]
    code_clear_output = "clearOutput();"
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")


if __name__ == "__main__":
    unittest.main(verbosity=2)
