using System.Text.RegularExpressions;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Documents;

public sealed class LinkTests
{
    private static IEnumerable<SourceFile> Pages => Repository.Files.Where(file => file.Name.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Every_link_to_a_file_leads_somewhere() => Findings.None(
        from page in Pages
        from Match link in Regex.Matches(page.Text, @"\]\(([^)\s]+)\)")
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !Leads(page, target)
        select $"{page}: {target}");

    [Fact]
    public void Every_page_of_docs_is_reachable_from_the_readme()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Visit("README.md", seen);

        Findings.None(Pages.Select(page => page.Name).Where(name => name.StartsWith("docs/", StringComparison.Ordinal)).Except(seen));
    }

    [Fact]
    public void The_pages_that_a_newcomer_looks_for_are_there()
    {
        string[] expected =
        [
            "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/architecture.md", "docs/dependencies.md", "docs/errors.md", "docs/promises.md",
        ];

        Findings.None(expected.Except(Repository.Files.Select(file => file.Name)));
        Assert.Contains("Apache License", Repository.File("LICENSE").Text, StringComparison.Ordinal);
    }

    private static void Visit(string name, HashSet<string> seen)
    {
        if (!seen.Add(name) || Pages.FirstOrDefault(page => page.Name == name) is not { } page)
            return;
        foreach (Match link in Regex.Matches(page.Text, @"\]\(([^)\s#]+)[^)]*\)"))
        {
            if (!link.Groups[1].Value.Contains("://", StringComparison.Ordinal))
                Visit(Path.GetRelativePath(Repository.Root, Path.Combine(Path.GetDirectoryName(page.Path)!, link.Groups[1].Value)), seen);
        }
    }

    private static bool Leads(SourceFile page, string target)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]));
        if (!File.Exists(path) && !Directory.Exists(path))
            return false;
        return parts.Length == 1 || Anchors(File.ReadAllText(path)).Contains(parts[1]);
    }

    private static IEnumerable<string> Anchors(string text) => Regex.Matches(text, "^#+ +(.+)$", RegexOptions.Multiline)
        .Select(heading => Regex.Replace(heading.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Trim().Replace(' ', '-'));
}
