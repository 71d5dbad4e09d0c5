using Betar.Interop.Tests.Partner;

namespace Betar.Benchmarks.Libp2p;

/// <summary>Four processes: a dialler and a listener of either kind.</summary>
internal sealed class Libp2pPeers : IAsyncDisposable
{
    private readonly PartnerProcess[] _processes;

    public required PartnerNode TheirDialler { get; init; }

    public required PartnerNode TheirListener { get; init; }

    public required PartnerNode OurDialler { get; init; }

    public required PartnerNode OurListener { get; init; }

    public static async Task<Libp2pPeers> StartAsync()
    {
        PartnerProcess[] processes = [PartnerProcess.Start(), PartnerProcess.Start(), StartOurs(), StartOurs()];
        return new Libp2pPeers(processes)
        {
            TheirDialler = await processes[0].StartNodeAsync(),
            TheirListener = await processes[1].StartNodeAsync(),
            OurDialler = await processes[2].StartNodeAsync(),
            OurListener = await processes[3].StartNodeAsync(),
        };
    }

    private Libp2pPeers(PartnerProcess[] processes) => _processes = processes;

    /// <param name="verb">Which of our programs that are driven by lines.</param>
    public static PartnerProcess StartOurs(string verb = OurPeer.Verb) => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? PartnerProcess.Start(Environment.ProcessPath!, Environment.GetCommandLineArgs()[0], verb)
        : PartnerProcess.Start(Environment.ProcessPath!, verb);

    public PartnerNode Dialler(Pairing pairing) => pairing.WeDial ? OurDialler : TheirDialler;

    public PartnerNode Listener(Pairing pairing) => pairing.WeListen ? OurListener : TheirListener;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }
}
