using Betar.Node.Cli;

namespace Betar.Node.Tests.Cli;

public sealed class SuggestionsTests
{
    [Theory]
    [InlineData("list", "list", 0)]
    [InlineData("lst", "list", 1)]
    [InlineData("lsit", "list", 1)]
    [InlineData("LIST", "list", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void The_distance_counts_edits_and_swaps(string left, string right, int distance) =>
        Assert.Equal(distance, Suggestions.Distance(left, right));

    [Theory]
    [InlineData("demmo", "demo")]
    [InlineData("dem", "demo")]
    [InlineData("doc", "doctor")]
    [InlineData("verfy", "verify")]
    [InlineData("zzzzz", null)]
    [InlineData("x", null)]
    public void The_nearest_name_is_found_or_none(string word, string? expected) =>
        Assert.Equal(expected, Suggestions.Nearest(word, ["demo", "doctor", "verify", "up"]));

    [Fact]
    public void Of_two_equally_near_the_first_wins() => Assert.Equal("bat", Suggestions.Nearest("cat", ["bat", "rat"]));
}
