namespace Betar.Ethereum.Devnet;

/// <summary>A decoded call to the token. <see cref="Proof"/> is decided once, without the chain's state.</summary>
internal sealed record TokenCall(TokenMethod Method)
{
    internal static TokenCall Unknown { get; } = new(TokenMethod.Unknown);

    internal static TokenCall None { get; } = new(TokenMethod.None);

    /// <summary>Payer, authorizer, or the account asked about.</summary>
    internal Address From { get; init; }

    internal Address To { get; init; }

    internal UInt256 Value { get; init; }

    internal UInt256 ValidAfter { get; init; }

    internal UInt256 ValidBefore { get; init; }

    internal Hash32 Nonce { get; init; }

    internal ReadOnlyMemory<byte> Signature { get; init; }

    internal AuthorizationProof Proof { get; init; }

    internal bool NeedsProof => Method is TokenMethod.TransferWithAuthorization or TokenMethod.CancelAuthorization;

    internal bool ChangesState => Method is TokenMethod.TransferWithAuthorization or TokenMethod.CancelAuthorization or TokenMethod.Transfer or TokenMethod.Mint;
}
