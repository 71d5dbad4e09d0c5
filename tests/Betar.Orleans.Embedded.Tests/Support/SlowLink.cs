using Betar.Orleans.Testing;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Each message takes a step of the simulation: it may be overtaken, and arrive when nobody is there any more.</summary>
internal sealed class SlowLink(Simulation simulation) : ISiloLink
{
    private readonly InProcessLink _link = new();
    private readonly HashSet<SiloAddress> _open = [];

    public void Open(SiloAddress self, ILinkReceiver receiver)
    {
        _open.Add(self);
        _link.Open(self, receiver);
    }

    public void Close(SiloAddress self)
    {
        _open.Remove(self);
        _link.Close(self);
    }

    public bool Send(SiloAddress from, SiloAddress to, ReadOnlyMemory<byte> message)
    {
        if (!_open.Contains(to))
            return false;
        var bytes = message.ToArray();
        simulation.Later(() => _link.Send(from, to, bytes));
        return true;
    }
}
