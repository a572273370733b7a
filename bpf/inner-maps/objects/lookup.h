/* What such maps are for: a program that finds an inner map, and a value in it. Included once, after `outer`. */
SEC("socket")
int look_up(void *context)
{
    KEY key = 0;
    void *inner = map_lookup_elem(&outer, &key);

    (void)context;
    return inner && map_lookup_elem(inner, &key);
}
