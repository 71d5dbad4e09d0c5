using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Client;

/// <summary>One of those who wait for a block, by the name that they know.</summary>
internal sealed record Waiter(Cid Cid, Want Want, TaskCompletionSource<FetchedBlock?> Source);
