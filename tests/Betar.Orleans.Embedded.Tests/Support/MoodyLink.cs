using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>A link that finds nobody at the other end, or spoils what it carries, as often as it is told to.</summary>
internal sealed class MoodyLink : ISiloLink
{
    // The kind and the number of a message; what follows may be spoiled and still reaches whom it is for.
    private const int Head = 1 + sizeof(long);
    private readonly InProcessLink _link = new();

    public int Refusals { get; set; }

    /// <summary>Messages of this kind arrive with a content that nobody can read.</summary>
    public MessageKind? Spoiled { get; set; }

    public void Open(SiloAddress self, ILinkReceiver receiver) => _link.Open(self, receiver);

    public void Close(SiloAddress self) => _link.Close(self);

    public bool Send(SiloAddress from, SiloAddress to, ReadOnlyMemory<byte> message)
    {
        if (Refusals > 0)
        {
            Refusals--;
            return false;
        }

        if (message.Span[0] != (byte?)Spoiled)
            return _link.Send(from, to, message);
        var spoiled = message.ToArray();
        spoiled.AsSpan(Head).Fill(0xFF);
        return _link.Send(from, to, spoiled);
    }
}
