using System.Diagnostics;
using Betar.Grains.Payments;
using Betar.Libp2p.Multiformats;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Hosting;

namespace Betar.Node.Demo;

/// <summary>The seller as <c>betar up</c> in a process of its own, which is killed the moment that a payment is on the chain and nothing was done for it yet.</summary>
internal sealed class DoomedSeller : IDisposable
{
    /// <summary>128 and the number of SIGKILL: what the system says of a process that had no say.</summary>
    private const int Killed = 128 + 9;

    private readonly Process _process;

    private DoomedSeller(Process process) => _process = process;

    public static async Task<DoomedSeller> StartAsync(DataFolder folder, string network, Multiaddr listen, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = NodeExecutable.Command(
            "up", "--data", folder.Root, "--json", "--no-mdns", "--http", "none", "--network", network,
            "--agents", DemoAgents.FileOf(folder), "--listen", listen.ToString());
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment[KillAtFaultPoint.Variable] = FaultPoint.AfterSettled;
        var seller = new DoomedSeller(Process.Start(start)!);
        try
        {
            Task<string> errors = seller._process.StandardError.ReadToEndAsync(cancellationToken);

            // It says where it is once it sells.
            if (await seller._process.StandardOutput.ReadLineAsync(cancellationToken) is null)
                throw new CliRefusedException(ErrorCatalog.DemoFailed.Refuse($"The seller did not start as a process of its own: {(await errors).Trim()}"));
            return seller;
        }
        catch
        {
            seller.Dispose();
            throw;
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> DiesAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == Killed;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
