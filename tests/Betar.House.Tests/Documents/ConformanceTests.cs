using System.Text.RegularExpressions;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Documents;

/// <summary>Each of the original's weaknesses, and each thing that a peer of it must do, has one test, which bears its number.</summary>
public sealed partial class ConformanceTests
{
    [Theory]
    [InlineData("Row", 48)]
    [InlineData("Line", 10)]
    public void Each_number_has_exactly_one_test_and_the_document_names_it(string kind, int count)
    {
        string page = Repository.File("docs/conformance.md").Text;
        string[] tests = [.. Repository.CSharp("tests").SelectMany(file => TestName().Matches(file.Text)).Select(name => name.Groups[1].Value)
            .Where(name => name.StartsWith(kind, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        Assert.Equal(Enumerable.Range(1, count).Select(number => $"{kind}{number:00}_"), tests.Select(name => name[..(kind.Length + 3)]));
        Findings.None(tests.Where(name => !page.Contains($"| `{name}` |", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"public (?:async )?(?:Task|void) ((?:Row|Line)\d\d_\w+)\(")]
    private static partial Regex TestName();
}
