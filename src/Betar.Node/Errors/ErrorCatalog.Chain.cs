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

    public static ErrorEntry BalanceTooLow { get; } = new("BTR-5004", "the account cannot cover it", "send less, or fund the account");

    public static ErrorEntry FeeTooHigh { get; } = new("BTR-5005", "gas costs more than is allowed", "wait until it is cheaper, or allow more with --max-fee");

    public static ErrorEntry TransactionFailed { get; } = new("BTR-5006", "the chain refuses the transaction", "see its reason; nothing was moved");

    public static ErrorEntry TransactionPending { get; } = new("BTR-5007", "the transaction is not confirmed yet",
        "look it up by its hash before anything is sent again");

    private static ErrorEntry[] ChainErrors() =>
        [ChainUnreachable, ChainWrong, ChainFileFaulty, BalanceTooLow, FeeTooHigh, TransactionFailed, TransactionPending];
}
