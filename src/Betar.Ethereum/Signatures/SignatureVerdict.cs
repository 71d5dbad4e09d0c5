namespace Betar.Ethereum;

/// <summary>What a check of a signature found.</summary>
/// <param name="Detail">A sentence for people; never holds the signature.</param>
public readonly record struct SignatureVerdict(SignatureFault Fault, string Detail)
{
    public bool IsValid => Fault == SignatureFault.None;

    /// <summary>For machines; empty when it is valid.</summary>
    public string Code => Fault switch
    {
        SignatureFault.None => "",
        SignatureFault.Malformed => "signature_malformed",
        SignatureFault.Invalid => "signature_invalid",
        SignatureFault.NotAllowed => "signature_of_contract_not_allowed",
        SignatureFault.FactoryNotAllowed => "eip6492_factory_not_allowed",
        _ => "signature_chain_unavailable",
    };

    internal static SignatureVerdict Valid => new(SignatureFault.None, "");

    internal static SignatureVerdict Malformed(string detail) => new(SignatureFault.Malformed, detail);

    internal static SignatureVerdict Invalid(string detail) => new(SignatureFault.Invalid, detail);

    internal static SignatureVerdict Unavailable(string detail) => new(SignatureFault.ChainUnavailable, detail);
}
