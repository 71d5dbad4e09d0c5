using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange;

/// <summary>What strangers may ask for. Whatever is kept besides, they are told that it is not here.</summary>
public interface IPublishedBlocks
{
    /// <summary>Null: there is none, or it is not for everybody.</summary>
    ValueTask<int?> LengthAsync(Cid cid, CancellationToken cancellationToken);

    /// <inheritdoc cref="LengthAsync"/>
    ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken);
}
