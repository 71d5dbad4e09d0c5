using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Diagnosis;

/// <summary>Runs every check; one that fails itself is a finding too.</summary>
internal static class NodeDoctor
{
    public static IReadOnlyList<IDoctorCheck> Checks { get; } =
    [
        new MachineCheck(), new SdkCheck(), new NativeLibrariesCheck(), new QuicCheck(), new DataFolderCheck(), new DiskSpaceCheck(),
        new DatabaseCheck(), new RefundsCheck(),
        new KeysCheck(), new PortsCheck(), new ClockCheck(),
    ];

    public static async Task<IReadOnlyList<Finding>> ExamineAsync(IEnumerable<IDoctorCheck> checks, CommandContext context,
        CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in checks)
        {
            try
            {
                await foreach (var finding in check.LookAsync(context, cancellation))
                    findings.Add(finding);
            }
#pragma warning disable CA1031 // The doctor reports what is broken; it must not break with it.
            catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
            {
                var refusal = ExceptionTranslator.Translate(exception);
                findings.Add(Finding.Wrong(check.GetType().Name, refusal.Detail, refusal.Next));
            }
        }

        return findings;
    }
}
