using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Betar.Node.Cli;
using Betar.Node.Cli.Completion;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Completion;

/// <summary>bash runs its own script here. zsh and fish are not on every machine: of theirs only the shape is looked at.</summary>
public sealed class CompletionTests
{
    private static readonly IReadOnlyList<CompletionPlace> s_places =
        CompletionPlace.Of(Commands.Root(new CliHost(TextWriter.Null, TextWriter.Null, _ => null, TimeProvider.System)));

    [Theory]
    [InlineData("", "doctor")]
    [InlineData("ag", "agent")]
    [InlineData("agent ex", "execute")]
    [InlineData("agent ", "list discover execute")]
    [InlineData("wallet mandate gr", "grant")]
    [InlineData("--data somewhere agent ex", "execute")]
    [InlineData("agent execute --agent", "--agent-id")]
    [InlineData("agent execute --agent-id list --ta", "--task")]
    [InlineData("st", "start")]
    [InlineData("start --ht", "--http")]
    [InlineData("up --js", "--json")]
    [InlineData("logs -", "-f --follow --api-url")]
    public async Task Bash_offers_what_may_follow(string typed, string words) =>
        Assert.Subset(await BashAsync(typed), words.Split(' ').ToHashSet());

    [Theory]
    [InlineData("agent execute --task ")]
    [InlineData("agent execute ")]
    [InlineData("--data ")]
    [InlineData("nonsense ag ")]
    public async Task Bash_is_left_to_offer_files_where_nothing_of_ours_fits(string typed)
    {
        HashSet<string> offered = await BashAsync(typed);

        Assert.DoesNotContain("list", offered);
        Assert.DoesNotContain("--json", offered);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _betar betar\n", "'betar agent execute')")]
    [InlineData("zsh", "#compdef betar\n", "'execute:Run a task on an agent, own or bought'")]
    [InlineData("fish", "function __betar_at\n", "complete -c betar -n '__betar_at \\'betar agent\\'' -f -a 'execute'")]
    public async Task Each_shell_has_its_script(string shell, params string[] parts)
    {
        CliRun run = await CliRun.RunAsync("completion", shell);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(parts, part => Assert.Contains(part, run.Out, StringComparison.Ordinal));
        Assert.Equal(0, Regex.Count(run.Out, @"(?<!\\)'") % 2);
    }

    [Fact]
    public async Task A_shell_that_nobody_knows_is_refused() => (await CliRun.RunAsync("completion", "cmd")).AssertRefused("BTR-1003", 2);

    [Fact]
    public void Every_command_is_a_place_and_hidden_ones_are_none()
    {
        Assert.Contains(s_places, place => place.Path == "betar wallet mandate grant");
        Assert.All(s_places.SelectMany(place => place.Options), option => Assert.StartsWith("-", option.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(s_places.SelectMany(place => place.Options), option => option.Text == "--background");
        Assert.All(s_places, place => Assert.Contains(place.Options, option => option is { Text: "--data", TakesValue: true }));
    }

    private static async Task<HashSet<string>> BashAsync(string typed)
    {
        string script = (await CliRun.RunAsync("completion", "bash")).Out;
        string[] words = ["betar", .. typed.Split(' ')];
        var start = new ProcessStartInfo("bash", ["--norc", "--noprofile", "-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync($"{script}\nCOMP_WORDS=({string.Join(' ', words.Select(ShellText.Quote))})\nCOMP_CWORD={words.Length - 1}\n_betar\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n");
        bash.StandardInput.Close();
        string error = await bash.StandardError.ReadToEndAsync(), offered = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal("", error);
        return [.. offered.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
