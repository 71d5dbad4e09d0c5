namespace Betar.Ethereum.Networks;

/// <summary>How a network compares with its chain.</summary>
/// <param name="Detail">A sentence for people; empty when all agrees.</param>
public readonly record struct NetworkVerdict(NetworkMismatch Mismatch, string Detail)
{
    public bool Agrees => Mismatch == NetworkMismatch.None;

    /// <summary>Whether asking again later may give another answer. A wrong configuration stays wrong.</summary>
    public bool IsRetryable => Mismatch == NetworkMismatch.ChainUnavailable;

    /// <summary>For machines, such as <c>network_chain_id_mismatch</c>; empty when all agrees.</summary>
    public string Code => Mismatch switch
    {
        NetworkMismatch.None => "",
        NetworkMismatch.ChainUnavailable => "network_unavailable",
        NetworkMismatch.ChainId => "network_chain_id_mismatch",
        NetworkMismatch.NoToken => "network_token_not_deployed",
        NetworkMismatch.NotTheInterface => "network_token_not_usdc",
        NetworkMismatch.TokenName => "network_token_name_mismatch",
        NetworkMismatch.TokenVersion => "network_token_version_mismatch",
        NetworkMismatch.TokenDecimals => "network_token_decimals_mismatch",
        _ => "network_domain_separator_mismatch",
    };
}
