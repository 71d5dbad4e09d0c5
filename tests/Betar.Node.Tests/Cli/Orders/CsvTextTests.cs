using Betar.Node.Cli.Orders;

namespace Betar.Node.Tests.Cli.Orders;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain text", "plain text")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("=cmd|'/c calc'!\"A1\"", "\"'=cmd|'/c calc'!\"\"A1\"\"\"")]
    [InlineData("a=1", "a=1")]
    public void A_cell_is_a_text_and_never_a_formula(string text, string cell) => Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public void A_line_ends_as_the_standard_says() => Assert.Equal("a,\"b,c\",d\r\n", CsvText.Line(["a", "b,c", "d"]));
}
