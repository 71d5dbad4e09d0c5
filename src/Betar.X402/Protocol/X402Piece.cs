namespace Betar.X402.Protocol;

/// <summary>A piece of an answer before the answer, for a buyer that asked for pieces. Without text it says that the work goes on.</summary>
public sealed record X402Piece
{
    public string CorrelationId { get; init; } = "";

    public string Text { get; init; } = "";
}
