using System.Text.RegularExpressions;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Sources;

public sealed class WordTests
{
    // Put together here, so that this file does not find itself.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"];
    private static readonly string[] MachinePaths = ["/ro" + "ot/", "/wo" + "rk/", "/Us" + "ers/", "C:\\" + "Users"];
    private static readonly string[] RegistryHosts = ["nuget" + ".org", "npmjs" + ".org", "npmjs" + ".com", "debian" + ".org", "pypi" + ".org"];

    [Fact]
    public void Nothing_is_marked_unfinished() => AssertNowhere(Unfinished, word => $@"\b{word}\b");

    [Fact]
    public void No_path_of_a_machine_is_in_the_repository() => AssertNowhere(MachinePaths, Regex.Escape);

    [Fact]
    public void No_registry_is_named() => AssertNowhere(RegistryHosts, Regex.Escape);

    [Fact]
    public void No_code_is_commented_out()
    {
        var suspicious = Repository.CSharp("src").Concat(Repository.CSharp("tests"))
            .SelectMany(file => file.Lines.Select((line, index) => (file, line, index)))
            .Where(place => IsCode(place.line))
            .Select(place => $"{place.file}:{place.index + 1}: {place.line.Trim()}");

        Findings.None(suspicious);
    }

    [Theory]
    [InlineData("    // var x = 1;", true)]
    [InlineData("// }", true)]
    [InlineData("        //if (x) {", true)]
    [InlineData("  // return Compute(x)", true)]
    [InlineData("    // A sentence; and more of it.", false)]
    [InlineData("    /// <c>x;</c>", false)]
    [InlineData("    // for a person who reads", false)]
    [InlineData("    var url = 1; // why;", false)]
    public void Code_in_a_comment_is_told_from_words(string line, bool code) => Assert.Equal(code, IsCode(line));

    private static string Sleep =>
        "(Thread.Sle" + @"ep\(|Task\.Del" + @"ay\((TimeSpan\.From\w+\([^)]*\)|[0-9]+)(\)|,(?! *(\w+\.)?(Time|time|clock)\b)))";

    [Fact]
    public void No_test_is_skipped()
    {
        var pattern = @"\[(Fact|Theory)\(.*Sk" + "ip";

        Findings.None(Repository.CSharp("tests").Where(file => Regex.IsMatch(file.Text, pattern)).Select(file => file.Name));
    }

    [Fact]
    public void No_test_sleeps() => Findings.None(Places(Repository.CSharp("tests"), Sleep));

    [Theory]
    [InlineData("(5)", true)]
    [InlineData("(5, token)", true)]
    [InlineData("(TimeSpan.FromSeconds(5), token)", true)]
    [InlineData("(TimeSpan.FromSeconds(5), TimeProvider.System, token)", true)]
    [InlineData("(TimeSpan.FromSeconds(5), run.Time, token)", false)]
    [InlineData("(TimeSpan.FromSeconds(5), clock)", false)]
    public void A_clock_that_the_test_holds_is_no_sleep(string arguments, bool sleeps) =>
        Assert.Equal(sleeps, Regex.IsMatch("await Task.Del" + "ay" + arguments, Sleep));

    [Fact]
    public void Lines_end_with_a_line_feed_and_files_with_one() => Findings.None(Repository.Files
        .Where(file => file.Text.Contains('\r', StringComparison.Ordinal) || (file.Text.Length > 0 && !file.Text.EndsWith('\n')))
        .Where(file => !file.Name.EndsWith(".sln", StringComparison.Ordinal) && !file.Name.Contains("/Golden/", StringComparison.Ordinal)).Select(file => file.Name));

    private static bool IsCode(string line) =>
        Regex.IsMatch(line, @"^\s*//(?!/)\s*(\}|\{|.*[;{]|(if|for|while|return|var|await)\b.*\(.*\))\s*$");

    private static void AssertNowhere(string[] words, Func<string, string> pattern) =>
        Findings.None(Places(Repository.Files, string.Join('|', words.Select(pattern))));

    private static IEnumerable<string> Places(IEnumerable<SourceFile> files, string pattern) => files
        .SelectMany(file => file.Lines.Select((line, index) => (file, line, index)))
        .Where(place => Regex.IsMatch(place.line, pattern))
        .Select(place => $"{place.file}:{place.index + 1}: {place.line.Trim()}");
}
