using System.CommandLine;
using System.Reflection;
using Betar.Node.Cli.Chain;

namespace Betar.Node.Cli;

/// <summary>The command line from its words to its exit code.</summary>
public static class BetarCli
{
    public static string Version { get; } =
        typeof(BetarCli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellation = default)
    {
        // Answered without building the commands: scripts ask for it often.
        if (args is ["--version"])
        {
            host.Out.WriteLine(Version);
            return 0;
        }

        var parsed = Commands.Root(host).Parse(args);
        if (UsageErrors.Find(parsed) is { } refusal)
            return host.Report(refusal, verbose: false);

        var invocation = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are our own affair: a clean end may take as long as it takes, and a second Ctrl-C cuts it short.
            ProcessTerminationTimeout = null,
        };
        using var signals = new Signals(parsed.GetValue(ChainDevnetCommand.Background), cancellation);
        return await parsed.InvokeAsync(invocation, signals.Token);
    }
}
