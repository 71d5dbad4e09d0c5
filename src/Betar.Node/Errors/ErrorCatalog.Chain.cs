namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry ChainUnreachable { get; } = new("BTR-5001", "the chain cannot be reached",
        "start it, or check its address; nothing is lost meanwhile")
    {
        X402Reason = "settlement_pending", StreamCode = 2007, HttpStatus = 503,
    };

    public static ErrorEntry ChainWrong { get; } = new("BTR-5002", "the chain is not the one that was asked for",
        "check the address and the chain id");

    public static ErrorEntry ChainFileFaulty { get; } = new("BTR-5003", "the devnet's file is damaged or in use",
        "stop the process that uses it, or move the file away to begin a new chain");

    private static ErrorEntry[] ChainErrors() => [ChainUnreachable, ChainWrong, ChainFileFaulty];
}
