using System.Text.RegularExpressions;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Documents;

/// <summary>What docs/threat-model.md promises is tested by a test of that name.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "threat-model.md"));
        var named = Name().Matches(page).Select(name => name.Groups[1].Value).Distinct().ToList();
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.True(named.Count > 30, $"only {named.Count} tests are named");
        Findings.None(named.Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal)));
    }

    [GeneratedRegex("`([A-Z][a-z]*_\\w+)`")]
    private static partial Regex Name();
}
