namespace Betar.Ethereum.Devnet;

/// <summary>Builds the chain again from its records and holds every block against the hash that was written with it.</summary>
internal sealed class ChainReplay(DevnetOptions options, TransactionPreparer preparer)
{
    internal BlockChain? Chain { get; private set; }

    internal void OnRecord(ReadOnlyMemory<byte> payload)
    {
        var record = new RecordReader(payload);
        var kind = (RecordKind)record.ReadByte();
        switch (kind)
        {
            case RecordKind.Genesis when Chain is null:
                OnGenesis(record);
                break;
            case RecordKind.Block when Chain is not null:
                OnBlock(record, Chain);
                break;
            case RecordKind.Reorganisation when Chain is not null:
                OnReorganisation(record, Chain);
                break;
            default:
                throw RecordReader.Malformed();
        }

        if (!record.IsAtEnd)
            throw RecordReader.Malformed();
    }

    void OnGenesis(RecordReader record)
    {
        var chainId = record.ReadUInt64();
        var token = record.ReadAddress();
        var name = record.ReadString();
        var version = record.ReadString();
        if (chainId != options.ChainId || token != options.Token || name != options.TokenName || version != options.TokenVersion)
            throw new DevnetOpenException(
                DevnetOpenFault.OtherChain,
                $"The chain's file belongs to chain {chainId} with token {token} ({name}, version {version}): open it with these, or choose another folder.");
        Chain = new BlockChain(record.ReadUInt64());
    }

    void OnBlock(RecordReader record, BlockChain chain)
    {
        var number = record.ReadUInt64();
        var builder = chain.NewBlock(record.ReadUInt64());
        for (var left = record.ReadUInt32(); left > 0; left--)
        {
            var sender = record.ReadAddress();
            var proof = (AuthorizationProof)record.ReadByte();
            var forced = record.ReadByte() != 0 ? record.ReadString() : null;
            builder.Add(preparer.FromFile(record.ReadBytes(), sender, proof), forced);
        }

        var block = builder.Build();
        if (number != block.Number || record.ReadHash32() != block.Hash)
            throw new DevnetOpenException(
                DevnetOpenFault.Corrupt, $"The chain's file does not add up at block {number}: it was changed, or other rules wrote it.");
        chain.Append(block, builder);
    }

    void OnReorganisation(RecordReader record, BlockChain chain)
    {
        var count = record.ReadUInt32();
        if (count == 0 || count > chain.Head.Number)
            throw RecordReader.Malformed();
        chain.Drop((int)count, preparer);
    }
}
