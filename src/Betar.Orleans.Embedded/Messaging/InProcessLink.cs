using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>Hands bytes over within the process.</summary>
internal sealed class InProcessLink : ISiloLink
{
    private readonly ConcurrentDictionary<SiloAddress, ILinkReceiver> _ends = new();

    public void Open(SiloAddress self, ILinkReceiver receiver) => _ends[self] = receiver;

    public void Close(SiloAddress self) => _ends.TryRemove(self, out _);

    public bool Send(SiloAddress from, SiloAddress to, ReadOnlyMemory<byte> message)
    {
        if (!_ends.TryGetValue(to, out var receiver))
            return false;
        receiver.Receive(from, message);
        return true;
    }
}
