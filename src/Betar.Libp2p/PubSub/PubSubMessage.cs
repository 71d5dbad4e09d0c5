using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

/// <summary>A message whose signature is right.</summary>
/// <param name="Topic">Where it was sent.</param>
/// <param name="Author">Who signed it.</param>
/// <param name="Sender">The peer that it came from, often somebody else.</param>
/// <param name="Sequence">Grows with each message of the author.</param>
/// <param name="Data">What it says.</param>
public sealed record PubSubMessage(string Topic, PeerId Author, PeerId Sender, ulong Sequence, ReadOnlyMemory<byte> Data);
