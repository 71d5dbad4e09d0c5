namespace Betar.Agents.Llm;

/// <summary>Hands on pieces of an answer, and knows whether any went out: from then on the answer cannot be begun anew.</summary>
internal sealed class PieceListener(Func<string, ValueTask>? listener)
{
    public bool Listens => listener is not null;

    public bool HasTaken { get; private set; }

    public ValueTask TakeAsync(string piece)
    {
        if (piece.Length == 0 || listener is null)
            return ValueTask.CompletedTask;
        HasTaken = true;
        return listener(piece);
    }
}
