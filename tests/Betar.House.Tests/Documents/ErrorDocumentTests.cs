using Betar.House.Tests.Support;
using Betar.Node.Errors;

namespace Betar.House.Tests.Documents;

public sealed class ErrorDocumentTests
{
    [Fact]
    public void The_table_is_the_catalogue()
    {
        var rows = Repository.File("docs/errors.md").Lines.Where(line => line.StartsWith("| BTR-", StringComparison.Ordinal));

        Assert.Equal(string.Join('\n', ErrorCatalog.All.Select(Row)), string.Join('\n', rows));
    }

    [Fact]
    public void No_other_document_names_a_code_that_is_not_there()
    {
        var named = Repository.Files.Where(file => file.Name.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(file => System.Text.RegularExpressions.Regex.Matches(file.Text, "BTR-[0-9]{4}").Select(match => match.Value)).Distinct();

        Assert.All(named, code => Assert.NotNull(ErrorCatalog.Find(code)));
    }

    private static string Row(ErrorEntry entry) =>
        $"| {entry.Code} | {entry.Title} | {entry.Remedy} | {entry.ExitCode} | {entry.X402Reason ?? "–"} | {entry.StreamCode?.ToString() ?? "–"} | {entry.HttpStatus?.ToString() ?? "–"} |";
}
