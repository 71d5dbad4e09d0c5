using Betar.Node.Devnet;

namespace Betar.Node.Tests.Support;

/// <summary>The devnet of a test's folder, ended with the test.</summary>
public sealed class RunningDevnet : IDisposable
{
    private readonly DevnetProcess devnet;

    private RunningDevnet(DevnetProcess devnet) => this.devnet = devnet;

    public static async Task<RunningDevnet> StartAsync(TempFolder temp) =>
        new((await DevnetProcess.FindOrStartAsync(temp.Data, null, TimeProvider.System, CancellationToken.None)).OrThrow());

    public void Dispose()
    {
        using var process = System.Diagnostics.Process.GetProcessById(devnet.ProcessId);
        process.Kill();
        process.WaitForExit();
    }
}
