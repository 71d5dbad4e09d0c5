using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>A link that finds nobody at the other end as often as it is told to.</summary>
internal sealed class MoodyLink : ISiloLink
{
    private readonly InProcessLink _link = new();

    public int Refusals { get; set; }

    public void Open(SiloAddress self, ILinkReceiver receiver) => _link.Open(self, receiver);

    public void Close(SiloAddress self) => _link.Close(self);

    public bool Send(SiloAddress from, SiloAddress to, ReadOnlyMemory<byte> message)
    {
        if (Refusals == 0)
            return _link.Send(from, to, message);
        Refusals--;
        return false;
    }
}
