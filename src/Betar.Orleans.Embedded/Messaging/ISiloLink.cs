using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>Seam: how a message reaches a silo or a client.</summary>
internal interface ISiloLink
{
    void Open(SiloAddress self, ILinkReceiver receiver);

    void Close(SiloAddress self);

    /// <summary>False when nobody is there. The bytes belong to the sender again when this returns.</summary>
    bool Send(SiloAddress from, SiloAddress to, ReadOnlyMemory<byte> message);
}
