namespace Betar.Agents;

/// <summary>Why an executor has no answer; each stands in docs/errors.md.</summary>
public static class ExecutionCodes
{
    public const string Failed = "BTR-4002";
    public const string TaskRefused = "BTR-4040";
    public const string TimedOut = "BTR-4041";
    public const string ModelUnavailable = "BTR-4042";
    public const string LimitReached = "BTR-4043";
    public const string AddressRefused = "BTR-4044";
    public const string SecretMissing = "BTR-4045";
    public const string WebhookFailed = "BTR-4046";
    public const string ProcessFailed = "BTR-4047";
    public const string ToolFailed = "BTR-4048";
    public const string OutputInvalid = "BTR-4049";
}
