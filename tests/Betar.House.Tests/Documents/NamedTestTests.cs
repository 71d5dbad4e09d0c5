using System.Text.RegularExpressions;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Documents;

/// <summary>What a document promises is tested by a test of the name that it gives.</summary>
public sealed partial class NamedTestTests
{
    [Theory]
    [InlineData("threat-model.md", 30)]
    [InlineData("libp2p.md", 70)]
    public void Every_test_that_is_named_exists(string document, int least)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", document));
        var named = Name().Matches(page).Select(name => name.Groups[1].Value).Distinct().ToList();
        var tests = string.Concat(Repository.CSharp("tests").Select(file => file.Text));

        Assert.True(named.Count > least, $"only {named.Count} tests are named");
        Findings.None(named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex("`([A-Z][a-z]*_\\w+)`")]
    private static partial Regex Name();
}
