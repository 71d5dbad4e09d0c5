namespace Betar.Storage.Sessions;

/// <summary>What the file keeps of an exchange.</summary>
internal sealed record ExchangeBody
{
    public required string RequestId { get; init; }
    public required string Input { get; init; }
    public string Output { get; init; } = "";
    public string Error { get; init; } = "";
    public string Claimed { get; init; } = "";
    public SessionPayment? Payment { get; init; }
    public SessionUsage? Usage { get; init; }
}
