using System.Runtime.InteropServices;

namespace Betar.Node.Cli;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation, so that a command can end cleanly. A second one ends it at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PosixSignalRegistration[] registrations;

    /// <param name="ignoreInterrupt">For a process in the background: Ctrl-C is meant for the one in front.</param>
    /// <param name="cancellation">Stops the command as well.</param>
    public Signals(bool ignoreInterrupt, CancellationToken cancellation)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, ignoreInterrupt ? context => context.Cancel = true : Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (stop.IsCancellationRequested)
            return;
        context.Cancel = true;
        stop.Cancel();
    }
}
