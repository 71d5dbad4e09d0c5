using Betar.X402.Selling;

namespace Betar.X402.Tests.Selling;

public sealed class UsedTokensTests
{
    [Theory]
    [InlineData("served")]
    [InlineData("")]
    [InlineData("a; input=9\r\nb")]
    [InlineData("模型")]
    public void What_is_written_is_read_and_is_one_line_whatever_the_model_is_called(string model)
    {
        var used = new UsedTokens(13, long.MaxValue, model);
        Assert.Equal(used, UsedTokens.Parse(used.ToHeader()));
        Assert.True(used.ToHeader().All(char.IsAscii) && !used.ToHeader().Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_name_is_cut() => Assert.Equal(UsedTokens.LongestModel, UsedTokens.Parse(new UsedTokens(0, 0, new string('x', 1_000)).ToHeader())!.Model.Length);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("input=1; output=2")]
    [InlineData("input=-1; output=2; model=")]
    [InlineData("input=1; output=x; model=")]
    [InlineData("output=1; input=2; model=")]
    [InlineData("input=1; output=2; model=a; more=b")]
    [InlineData("input=99999999999999999999; output=2; model=a")]
    public void Anything_else_is_none(string? header) => Assert.Null(UsedTokens.Parse(header));
}
