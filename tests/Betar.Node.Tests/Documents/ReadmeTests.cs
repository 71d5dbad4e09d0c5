using System.Text.RegularExpressions;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Documents;

/// <summary>Who follows README.md line by line sells the work of an own agent: its commands are run as they stand there.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose()
    {
        FolderChain.End(At("shop"));
        _temp.Dispose();
    }

    [Fact]
    public async Task The_first_sale_of_an_own_agent()
    {
        string section = Section().Match(await File.ReadAllTextAsync(Path.Combine(PageFolder.Repository, "README.md"))).Value;
        string[] blocks = [.. Block().Matches(section).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, blocks.Length);
        Match file = Here().Match(blocks[0]);
        Directory.CreateDirectory(At(Line(blocks[0], "mkdir")["mkdir ".Length..]));
        await File.WriteAllTextAsync(At(file.Groups[1].Value), file.Groups[2].Value);

        string wallet = (await NodeProgram.RunAsync(Words(Line(blocks[0], "./betar wallet")))).Out;
        string[] up = Words(Line(blocks[0], "./betar up").Replace("ADDRESS", Account().Match(wallet).Value, StringComparison.Ordinal));
        using NodeProgram shop = NodeProgram.Start([.. up, "--http", "none", "--no-mdns"]);
        string where = "";
        for (string? line = ""; line is not null && !line.StartsWith("Agent loaded", StringComparison.Ordinal); line = await shop.ReadLineAsync())
            where = line.StartsWith("Addresses: ", StringComparison.Ordinal) ? line["Addresses: ".Length..] : where;
        Assert.StartsWith("/ip4/", where, StringComparison.Ordinal);

        CliRun paid = await NodeProgram.RunAsync([.. Words(Line(blocks[1], "./betar pay").Replace("/ip4/…", where, StringComparison.Ordinal)), "--yes"]);
        Assert.True(paid.ExitCode == 0, paid.Error);
        Assert.StartsWith("HELLO", paid.Out, StringComparison.Ordinal);
        Assert.Contains("Delivered", (await NodeProgram.RunAsync(Words(Line(blocks[1], "./betar order")))).Out, StringComparison.Ordinal);
        Assert.Contains("shouter", (await NodeProgram.RunAsync([.. Words(Line(blocks[1], "./betar top")), "--once"])).Out, StringComparison.Ordinal);
        Assert.Contains("delivered what payment eip155:", (await NodeProgram.RunAsync("logs", "--data", At("shop"))).Out, StringComparison.Ordinal);
        Assert.Contains("The chain agrees.", (await NodeProgram.RunAsync(Words(Line(blocks[1], "./betar ledger")))).Out, StringComparison.Ordinal);
        await shop.SignalAsync("INT");
        Assert.Equal(0, (await shop.EndAsync()).ExitCode);
    }

    private string At(string name) => Path.Combine(_temp.Path, name);

    private static string Line(string block, string begin) => block.Split('\n').Single(line => line.StartsWith(begin, StringComparison.Ordinal)).Split(" #")[0].Trim();

    /// <summary>The words of a command behind its name, its folder below this test's.</summary>
    private string[] Words(string line)
    {
        string[] words = ConsoleSnippets.Words(line)[1..];
        int data = Array.IndexOf(words, "--data") + 1;
        words[data] = At(words[data]);
        return words;
    }

    [GeneratedRegex("## Sell an agent of your own\n.*?(?=\n## )", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("cat > ([^ ]+) <<EOF\n(.*?)EOF\n", RegexOptions.Singleline)]
    private static partial Regex Here();

    [GeneratedRegex("0x[0-9a-fA-F]{40}")]
    private static partial Regex Account();
}
