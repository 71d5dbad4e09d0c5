// Worlds are whole clusters with a chain each: two at a time are enough for two cores.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
