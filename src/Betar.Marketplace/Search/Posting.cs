namespace Betar.Marketplace.Search;

/// <summary>In which slots a term occurs: sorted numbers, so that an element costs four bytes.</summary>
internal sealed class Posting(string term, int number)
{
    private int[] _slots = new int[1];

    public string Term => term;

    public int Number => number;

    public int Count { get; private set; }

    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public bool Contains(int slot) => Slots.BinarySearch(slot) >= 0;

    public void Add(int slot)
    {
        var at = Slots.BinarySearch(slot);
        if (at >= 0)
            return;
        at = ~at;
        if (Count == _slots.Length)
            Array.Resize(ref _slots, Count + Math.Max(1, Count / 2));
        _slots.AsSpan(at, Count - at).CopyTo(_slots.AsSpan(at + 1));
        _slots[at] = slot;
        Count++;
    }

    public void Remove(int slot)
    {
        var at = Slots.BinarySearch(slot);
        if (at < 0)
            return;
        Count--;
        _slots.AsSpan(at + 1, Count - at).CopyTo(_slots.AsSpan(at));
    }
}
