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

    public static ErrorEntry UnknownOrder { get; } = new("BTR-4008", "there is no such order", "run betar order list to see those there are")
    {
        HttpStatus = 404,
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

    public static ErrorEntry AgentAmbiguous { get; } = new("BTR-4020", "more than one agent has this name", "name the agent's id")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry PurchaseGivenUp { get; } = new("BTR-4021", "the buyer stopped waiting; nothing was signed", "run it again with a longer time-out")
    {
        HttpStatus = 504,
    };

    public static ErrorEntry HireTooDeep { get; } = new("BTR-4022", "too many agents hired one another for this task", "let an agent nearer to the buyer do the work")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry HireBudget { get; } = new("BTR-4023", "the agent may not hire any more for this task, or today", "raise hire.perTask or hire.perDay of the agent")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry UnknownWorkflow { get; } = new("BTR-4024", "there is no such workflow", "run betar workflow list to see those that are kept")
    {
        HttpStatus = 404,
    };

    public static ErrorEntry WorkflowInvalid { get; } = new("BTR-4025", "the workflow's definition has faults", "mend what is named")
    {
        HttpStatus = 400,
    };

    public static ErrorEntry WorkflowBudget { get; } = new("BTR-4026", "the step would pass the budget of the workflow, or of a part of it", "raise the budget, or choose a cheaper agent")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry WorkflowTimeout { get; } = new("BTR-4027", "the step took longer than it, or the part around it, may", "raise the time-out, or choose a faster agent")
    {
        HttpStatus = 504,
    };

    public static ErrorEntry WorkflowEnded { get; } = new("BTR-4028", "the workflow has ended", "run betar workflow status to see how")
    {
        HttpStatus = 409,
    };

    public static ErrorEntry WorkflowTooLarge { get; } = new("BTR-4029", "a text of the workflow is larger than it may be", "make the input or the outputs smaller")
    {
        HttpStatus = 413,
    };

    private static ErrorEntry[] AgentErrors() =>
    [
        UnknownAgent, ExecutionFailed, SellerUnreachable, SellerRefused, PurchaseConflict, AgentSpecInvalid, UnknownOrder,
        UnknownListing, ListingUnverified, MarketDisputed,
        AgentAmbiguous, PurchaseGivenUp, HireTooDeep, HireBudget, UnknownWorkflow, WorkflowInvalid, WorkflowBudget,
        WorkflowTimeout, WorkflowEnded, WorkflowTooLarge,
    ];
}
