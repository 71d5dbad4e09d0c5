using System.Text.Json;
using Betar.Node.Cli;

namespace Betar.Node.Tests.Support;

/// <summary>One command line run in this process: what it printed and how it ended.</summary>
public sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static Task<CliRun> RunAsync(params string[] args) => RunAsync(new Dictionary<string, string>(), args);

    public static Task<CliRun> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] args) => AnswerAsync(null, environment, args);

    /// <summary>With a person at the terminal who types these lines.</summary>
    public static async Task<CliRun> AnswerAsync(string? lines, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost(output, error, name => environment.GetValueOrDefault(name), TimeProvider.System)
        {
            Answers = lines is null ? null : new StringReader(lines),
        };
        var exit = await BetarCli.RunAsync(args, host);
        return new CliRun(exit, output.ToString(), error.ToString());
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    /// <summary>The promise of every refusal: its exit code, one line on stderr that begins with the code, nothing on stdout.</summary>
    public void AssertRefused(string code, int exitCode)
    {
        Assert.Equal((exitCode, ""), (ExitCode, Out));
        Assert.StartsWith(code + ": ", Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Contains("; ", Error, StringComparison.Ordinal);
    }
}
