using Betar.Blocks.Exchange;
using Betar.Libp2p.PubSub;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Syncing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Marketplace.Replication;

/// <summary>What a replica is made of.</summary>
public sealed class ReplicaParts
{
    public required IPubSub PubSub { get; init; }

    /// <summary>Where nodes of others come from. It need not look into the replica's own store.</summary>
    public required IBlockSource Source { get; init; }

    /// <summary>Tells those who wait for a node that it is here; null: nobody is told, and they ask again in their own time.</summary>
    public IBlockAnnouncer? Announcer { get; init; }

    public required IReplicaStore Store { get; init; }

    /// <summary>Asks other nodes of ours for many nodes at once; null: nodes come one by one.</summary>
    public IReplicaExchange? Exchange { get; init; }

    public ReplicaOptions Options { get; init; } = new();

    public IEntryPolicy Policy { get; init; } = new OpenEntryPolicy();

    public TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads the rebroadcasts of the peers.</summary>
    public Random Random { get; init; } = new(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue));

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
