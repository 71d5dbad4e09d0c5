using System.CommandLine;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Doctor;

internal static class DoctorCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("doctor", "Check this machine and the data folder", host,
        (_, _, _) => Task.FromResult<CliRefusal?>(null));
}
