using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Cli;

/// <summary>Whatever a stranger wrote, a terminal and a log get plain lines.</summary>
public sealed class VisibleOutputTests
{
    private const string Evil = "a\u001b[2J\r\nBTR-0000: forged\u202e\u2066\u0007\u0085\u2028b";

    [Fact]
    public void A_refusal_is_one_plain_line()
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        var host = new CliHost(output, error, _ => null, TimeProvider.System);
        host.Report(ErrorCatalog.SellerRefused.Refuse(Evil, Evil) with { Cause = new InvalidOperationException(Evil) }, verbose: false);
        Assert.Single(error.ToString().TrimEnd('\n').Split('\n'));
        AssertPlain(error.ToString());
    }

    [Fact]
    public void A_refusals_cause_is_plain_too()
    {
        using var error = new StringWriter();
        using var output = new StringWriter();
        var host = new CliHost(output, error, _ => null, TimeProvider.System);
        host.Report(ErrorCatalog.SellerRefused.Refuse("why", "what") with { Cause = new InvalidOperationException(Evil) }, verbose: true);
        AssertPlain(error.ToString());
        Assert.Contains("InvalidOperationException", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_as_many_lines_as_rows()
    {
        using var output = new StringWriter();
        TextTable.Write(output, ["name", "id"], [[Evil, "x"], ["y", Evil]]);
        Assert.Equal(3, output.ToString().TrimEnd('\n').Split('\n').Length);
        AssertPlain(output.ToString());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\r\nlines\n", "two\nlines\n")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("\u001b]0;owned\u0007", "\\u001b]0;owned\\u0007")]
    [InlineData("x\u202ey", "x\\u202ey")]
    [InlineData("straße 日本 😀", "straße 日本 😀")]
    public void An_answer_keeps_its_lines_and_loses_its_power(string answer, string shown) => Assert.Equal(shown, AnswerText.Of(answer));

    private static void AssertPlain(string text) => Assert.All(text.Where(unit => unit != '\n'), unit =>
        Assert.False(char.IsControl(unit) || unit is '\u202e' or '\u2066' or '\u2028', $"\\u{(int)unit:x4}"));
}
