using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Trust;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Marketplace;

/// <summary>What a marketplace stands on.</summary>
public sealed record MarketplaceParts
{
    /// <summary>The key that this node's listings are signed with: that of its host.</summary>
    public required IdentityKey Identity { get; init; }

    public required IMarketNetwork Network { get; init; }

    public required IPubSub PubSub { get; init; }

    public required IReplica Replica { get; init; }

    /// <summary>The replica's own knowledge, for receipts and reports; null: nobody knows.</summary>
    public IReplicaFacts? Facts { get; init; }

    /// <summary>The policy that the replica was made with, which learns here what was signed.</summary>
    public ListingEntryPolicy? Policy { get; init; }

    /// <summary>Where the blocks of signed records are kept, so that others can fetch them.</summary>
    public required IPinnedBlocks Blocks { get; init; }

    public required IBlockSource Source { get; init; }

    /// <summary>Tells those who wait for a record that it is here; null: nobody is told.</summary>
    public IBlockAnnouncer? Announcer { get; init; }

    public required IListingStore Store { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
