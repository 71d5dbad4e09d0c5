using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Documents;

/// <summary>What the pages show at a terminal is what happens there.</summary>
public sealed class ConsoleSnippetsTests
{
    [Theory]
    [InlineData("configure.md", 8)]
    [InlineData("migrate.md", 6)]
    [InlineData("operate.md", 7)]
    public async Task A_page_can_be_followed_line_by_line(string page, int least)
    {
        using var temp = new TempFolder();
        using var original = new Importing.OriginalFolder();
        var steps = ConsoleSnippets.Read(await File.ReadAllTextAsync(Path.Combine(PageFolder.Repository, "docs", page)));
        Assert.True(steps.Count >= least, $"only {steps.Count} commands");
        foreach (var (line, command, input, expected) in steps)
        {
            string[] words = [.. ConsoleSnippets.Words(command).Select(word => Place(word, temp.Path, original.Root))];
            if (words[0] == "cat")
            {
                await File.WriteAllTextAsync(words[2], input);
                continue;
            }

            Assert.Equal("betar", words[0]);
            CliRun run = await CliRun.RunAsync(new Dictionary<string, string> { ["BETAR_DATA_DIR"] = Path.Combine(temp.Path, "data"), ["OPENAI_API_KEY"] = "sk-not-a-key" }, words[1..]);
            Assert.True(ConsoleSnippets.Fits(expected, run.Out + run.Error), $"{page}, line {line}: {command}\n{run.Out}{run.Error}");
        }
    }

    [Theory]
    [InlineData("a", "a\n", true)]
    [InlineData("a…c", "abc", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a\n…\nz", "a\nb\nc\nz", true)]
    [InlineData("a\n…", "a\nb\nc", true)]
    [InlineData("…\nz", "z", false)]
    [InlineData("a.c", "abc", false)]
    public void What_is_printed_is_compared_line_by_line(string expected, string printed, bool fits) =>
        Assert.Equal(fits, ConsoleSnippets.Fits(expected.Split('\n'), printed));

    [Fact]
    public void A_block_has_commands_files_and_what_is_printed()
    {
        var steps = ConsoleSnippets.Read("text\n```console\n$ cat > a.yaml <<EOF\nx: 1\nEOF\n$ betar x \"y z\"\nout\n```\n```\n$ betar not run\n```\n");
        Assert.Equal([("cat > a.yaml <<EOF", "x: 1\n", 0), ("betar x \"y z\"", "", 1)], steps.Select(step => (step.Command, step.Input, step.Expected.Count)));
        Assert.Equal(["betar", "x", "y z"], ConsoleSnippets.Words(steps[1].Command));
    }

    private static string Place(string word, string temp, string original) =>
        word == "OLD" ? original : word.StartsWith("./", StringComparison.Ordinal) && word != "./betar" ? Path.Combine(temp, word[2..]) : word;
}
