using System.CommandLine;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Bench;

/// <summary><c>betar bench</c>: the launcher runs the benchmark program; met here only when the executable was started by itself.</summary>
internal static class BenchCommand
{
    public static Command Create(CliHost host)
    {
        var command = CliCommand.Create("bench", "Measure: bench list, bench NAME", host,
            (_, _, _) => Task.FromResult<CliRefusal?>(ErrorCatalog.NotHere.Refuse("The benchmarks are a program of their own")));
        command.TreatUnmatchedTokensAsErrors = false;
        return command;
    }
}
