namespace Betar.Ethereum.Devnet;

/// <summary>Does the costly, stateless part of a transaction: any number of them at the same time.</summary>
internal sealed class TransactionPreparer(DevnetOptions options, TokenDomain domain)
{
    internal TokenDomain Domain { get; } = domain;

    /// <summary>Null and a reason for a transaction that no node would take.</summary>
    internal PreparedTransaction? Prepare(ReadOnlyMemory<byte> raw, out string? fault)
    {
        if (!Eip1559Decoder.TryParse(raw, out var parsed, out fault))
            return null;
        fault = Refuse(parsed!.Transaction);
        if (fault is not null)
            return null;
        if (Eip1559Decoder.TryRecover(parsed) is not { } signed)
        {
            fault = Eip1559Decoder.BadSignature;
            return null;
        }

        return new PreparedTransaction(signed.Hash, signed.Sender, raw, signed.Transaction, Decode(signed.Transaction.To, signed.Transaction.Data));
    }

    /// <summary>From our own file: what was checked before it was written is not checked again.</summary>
    internal PreparedTransaction FromFile(ReadOnlyMemory<byte> raw, Address sender, AuthorizationProof proof)
    {
        if (MintTransaction.TryDecode(raw, out var mint))
            return mint!;
        if (!Eip1559Decoder.TryParse(raw, out var parsed, out var fault))
            throw new DevnetOpenException(DevnetOpenFault.Corrupt, $"The chain's file holds a transaction that cannot be read: {fault}.");
        var signed = Eip1559Decoder.WithSender(parsed!, sender);
        var call = DecodeUnproven(signed.Transaction.To, signed.Transaction.Data);
        if (call.NeedsProof != proof is >= AuthorizationProof.Valid and <= AuthorizationProof.WrongSigner)
            throw RecordReader.Malformed();
        call = call with { Proof = proof };
        return new PreparedTransaction(signed.Hash, sender, raw, signed.Transaction, call);
    }

    /// <summary>The call, its signature checked.</summary>
    internal TokenCall Decode(Address? to, ReadOnlyMemory<byte> data)
    {
        var call = DecodeUnproven(to, data);
        return call.NeedsProof ? call with { Proof = Domain.Check(call) } : call;
    }

    TokenCall DecodeUnproven(Address? to, ReadOnlyMemory<byte> data) => to == options.Token ? TokenCallDecoder.Decode(data) : TokenCall.None;

    string? Refuse(Eip1559Transaction transaction)
    {
        if (transaction.ChainId != options.ChainId)
            return $"invalid chain id for signer: have {transaction.ChainId} want {options.ChainId}";
        if (transaction.To is null)
            return "this chain holds one token and creates no contracts";
        if (!transaction.Value.IsZero)
            return "insufficient funds for gas * price + value: accounts of this chain hold no ether";
        if (transaction.MaxPriorityFeePerGas > transaction.MaxFeePerGas)
            return "max priority fee per gas higher than max fee per gas";
        if (transaction.GasLimit > TokenGas.BlockLimit)
            return "exceeds block gas limit";
        return transaction.GasLimit < TokenGas.Intrinsic(transaction.Data.Span) ? "intrinsic gas too low" : null;
    }
}
