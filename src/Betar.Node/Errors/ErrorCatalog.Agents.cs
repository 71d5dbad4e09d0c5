namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry UnknownAgent { get; } = new("BTR-4001", "there is no such agent here", "run betar agent list to see those there are")
    {
        StreamCode = 1001, HttpStatus = 404,
    };

    public static ErrorEntry ExecutionFailed { get; } = new("BTR-4002", "the agent could not do the task", "see the reason; change the task")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry ExecutorUnknown { get; } = new("BTR-4003", "the agent's executor is not on this node",
        "mend the agent's executor in agents.yaml")
    {
        StreamCode = 2007, HttpStatus = 500,
    };

    public static ErrorEntry SellerUnreachable { get; } = new("BTR-4004", "the seller cannot be reached",
        "run it again: a payment that was signed is used again, never a second one")
    {
        HttpStatus = 504,
    };

    public static ErrorEntry SellerRefused { get; } = new("BTR-4005", "the seller refused", "see its reason")
    {
        HttpStatus = 502,
    };

    public static ErrorEntry PurchaseConflict { get; } = new("BTR-4006", "the purchase id is taken by another purchase",
        "use a new purchase id")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry AgentSpecInvalid { get; } = new("BTR-4007", "the agent's declaration has faults", "mend what is named")
    {
        HttpStatus = 400,
    };

    public static ErrorEntry UnknownOrder { get; } = new("BTR-4008", "there is no such order", "run betar order list to see those there are");

    public static ErrorEntry MalformedMessage { get; } = new("BTR-4010", "the message is malformed, too large or too slow",
        "send frames as the protocol describes them")
    {
        X402Reason = "invalid_payload", StreamCode = 1000, HttpStatus = 400,
    };

    public static ErrorEntry UnknownListing { get; } = new("BTR-4011", "nothing was heard of such a listing",
        "run betar market list; a node that has just started may not know it yet")
    {
        HttpStatus = 404,
    };

    public static ErrorEntry ListingUnverified { get; } = new("BTR-4012", "the listing is not its seller's own word",
        "run betar market why on it; add --accept-unverified to buy it all the same")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry MarketDisputed { get; } = new("BTR-4013", "others than the sellers changed listings",
        "nothing is lost: what the sellers said is shown; run betar market why on each");

    private static ErrorEntry[] AgentErrors() =>
    [
        UnknownAgent, ExecutionFailed, ExecutorUnknown, SellerUnreachable, SellerRefused, PurchaseConflict, AgentSpecInvalid, UnknownOrder,
        MalformedMessage, UnknownListing, ListingUnverified, MarketDisputed,
    ];
}
