using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>The end of a link: takes a message apart and queues it; runs no user code.</summary>
internal interface ILinkReceiver
{
    void Receive(SiloAddress from, ReadOnlyMemory<byte> message);
}
