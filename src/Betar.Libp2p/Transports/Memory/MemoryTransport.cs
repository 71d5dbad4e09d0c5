using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Transports.Memory;

/// <summary>Connections inside one process: <c>/memory/N</c>; 0 asks for a number of its own. A dial takes a round trip, as TCP's does.</summary>
internal sealed class MemoryTransport(MemoryNetwork network) : IByteTransport
{
    public string Name => "memory";

    public bool CanDial(Multiaddr address) => MemoryNetwork.TryGetNumber(address, out _);

    public bool CanListen(Multiaddr address) => CanDial(address);

    public async ValueTask<IByteChannel> DialAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        if (!MemoryNetwork.TryGetNumber(address, out var number))
            throw new Libp2pException(Libp2pError.NotDialable, $"{address} is no address in memory.");
        var roundTrip = network.Conditions.Delay * 2;
        if (roundTrip > TimeSpan.Zero)
            await Task.Delay(roundTrip, network.Time, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return network.Connect(number);
    }

    public ValueTask<ITransportListener> ListenAsync(Multiaddr address, CancellationToken cancellationToken)
    {
        if (!MemoryNetwork.TryGetNumber(address, out var number))
            throw new Libp2pException(Libp2pError.NotDialable, $"{address} is no address in memory.");
        if (number == 0)
            number = network.NextNumber();
        var listener = new MemoryListener(network, number);
        if (!network.TryAdd(number, listener))
            throw new Libp2pException(Libp2pError.Refused, $"{address} is in use.");
        return new ValueTask<ITransportListener>(listener);
    }
}
