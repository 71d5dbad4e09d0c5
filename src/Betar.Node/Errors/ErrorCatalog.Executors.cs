namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry TaskRefused { get; } = new("BTR-4040", "the agent does not take such a task", "see what its skills take; nothing was paid")
    {
        StreamCode = 1000, HttpStatus = 422,
    };

    public static ErrorEntry TaskTimedOut { get; } = new("BTR-4041", "the task took longer than it may", "ask for less, or raise timeoutSeconds of the agent")
    {
        StreamCode = 3000, HttpStatus = 504,
    };

    public static ErrorEntry ModelUnavailable { get; } = new("BTR-4042", "the language model did not answer", "check its address, its key and its name; name a fallback")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry TaskLimitReached { get; } = new("BTR-4043", "the task reached a limit of its agent", "ask for less, or raise the limit that is named")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry AddressRefused { get; } = new("BTR-4044", "the agent's settings name an address inside", "set allowPrivate in agents.yaml if it is meant")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry AgentSecretMissing { get; } = new("BTR-4045", "a secret that the agent needs is not there", "set what the reference in agents.yaml names")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry WebhookFailed { get; } = new("BTR-4046", "the agent's webhook failed", "see the webhook's own log")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry ProcessFailed { get; } = new("BTR-4047", "the agent's program failed", "see the node's log for what it printed")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry ToolFailed { get; } = new("BTR-4048", "a tool of the agent failed", "check that its MCP server runs and has the tool")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    public static ErrorEntry OutputInvalid { get; } = new("BTR-4049", "the agent's answer is not in the form that it promises", "run it again; if it stays so, mend the agent")
    {
        StreamCode = 3000, HttpStatus = 502,
    };

    private static ErrorEntry[] ExecutorErrors() =>
    [
        TaskRefused, TaskTimedOut, ModelUnavailable, TaskLimitReached, AddressRefused, AgentSecretMissing, WebhookFailed, ProcessFailed, ToolFailed, OutputInvalid,
    ];
}
