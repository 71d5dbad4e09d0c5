namespace Betar.X402.Pieces;

/// <summary>Takes pieces of an answer as they are made. They are not yet the answer: who takes them may lose them, and the answer comes whole at the end.</summary>
public interface IPieceSink
{
    /// <summary>False: nobody reads any more, and what is added is dropped.</summary>
    bool IsOpen { get; }

    /// <summary>Never waits: whoever works is not held up by whoever reads.</summary>
    void Add(string text);
}
