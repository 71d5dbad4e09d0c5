namespace Betar.Storage.Peers;

/// <summary>One peer that was met.</summary>
/// <param name="Id">The peer id's bytes.</param>
/// <param name="SeenAt">When it was last heard of, to the millisecond.</param>
/// <param name="Known">What is known of it; opaque here.</param>
/// <param name="Worth">When there is no room those with less leave first.</param>
public readonly record struct PeerTableRow(ReadOnlyMemory<byte> Id, DateTimeOffset SeenAt, ReadOnlyMemory<byte> Known, int Worth = 0);
