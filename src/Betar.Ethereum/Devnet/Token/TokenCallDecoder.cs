namespace Betar.Ethereum.Devnet;

/// <summary>Decodes call data to the token as Solidity would: what does not decode is a call that reverts.</summary>
internal static class TokenCallDecoder
{
    internal static TokenCall Decode(ReadOnlyMemory<byte> data)
    {
        if (!AbiReader.TryReadSelector(data.Span, out var selector))
            return TokenCall.Unknown;
        var arguments = new AbiReader(data.Span[AbiWriter.SelectorSize..]);
        return selector switch
        {
            TokenAbi.TransferWithAuthorizationVrs => Transfer(ref arguments, splitSignature: true),
            TokenAbi.TransferWithAuthorizationBytes => Transfer(ref arguments, splitSignature: false),
            TokenAbi.CancelAuthorization => Cancel(ref arguments),
            TokenAbi.Transfer => PlainTransfer(ref arguments),
            TokenAbi.BalanceOf => arguments.TryReadAddress(out var account)
                ? new(TokenMethod.BalanceOf) { From = account }
                : TokenCall.Unknown,
            TokenAbi.AuthorizationState => arguments.TryReadAddress(out var authorizer) && arguments.TryReadHash32(out var nonce)
                ? new(TokenMethod.AuthorizationState) { From = authorizer, Nonce = nonce }
                : TokenCall.Unknown,
            TokenAbi.TotalSupply => new(TokenMethod.TotalSupply),
            TokenAbi.Name => new(TokenMethod.Name),
            TokenAbi.Version => new(TokenMethod.Version),
            TokenAbi.Decimals => new(TokenMethod.Decimals),
            TokenAbi.DomainSeparator => new(TokenMethod.DomainSeparator),
            _ => TokenCall.Unknown,
        };
    }

    static TokenCall Transfer(ref AbiReader arguments, bool splitSignature) =>
        arguments.TryReadAddress(out var from)
        && arguments.TryReadAddress(out var to)
        && arguments.TryReadUInt256(out var value)
        && arguments.TryReadUInt256(out var validAfter)
        && arguments.TryReadUInt256(out var validBefore)
        && arguments.TryReadHash32(out var nonce)
        && TryReadSignature(ref arguments, splitSignature, out var signature)
            ? new(TokenMethod.TransferWithAuthorization)
            {
                From = from,
                To = to,
                Value = value,
                ValidAfter = validAfter,
                ValidBefore = validBefore,
                Nonce = nonce,
                Signature = signature,
            }
            : TokenCall.Unknown;

    static TokenCall Cancel(ref AbiReader arguments) =>
        arguments.TryReadAddress(out var authorizer)
        && arguments.TryReadHash32(out var nonce)
        && TryReadSignature(ref arguments, split: true, out var signature)
            ? new(TokenMethod.CancelAuthorization) { From = authorizer, Nonce = nonce, Signature = signature }
            : TokenCall.Unknown;

    static TokenCall PlainTransfer(ref AbiReader arguments) =>
        arguments.TryReadAddress(out var to) && arguments.TryReadUInt256(out var value)
            ? new(TokenMethod.Transfer) { To = to, Value = value }
            : TokenCall.Unknown;

    static bool TryReadSignature(ref AbiReader arguments, bool split, out byte[] signature)
    {
        signature = [];
        if (!split)
        {
            if (!arguments.TryReadBytes(TokenAbi.MaxSignatureBytes, out var bytes))
                return false;
            signature = bytes.ToArray();
            return true;
        }

        if (!arguments.TryReadByte(out var v) || !arguments.TryReadWord(out var r) || !arguments.TryReadWord(out var s))
            return false;
        signature = [.. r, .. s, v];
        return true;
    }
}
