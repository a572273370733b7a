/* A BPF token: what a container is given so that it may use BPF without being root. */
#ifndef INNER_MAPS_TOKEN_H
#define INNER_MAPS_TOKEN_H

/* A token that allows every map: a descriptor, or a negative errno. It is made by the first call and stays open. */
int bpf_token(void);

/* The user namespace that the token belongs to: a descriptor, which stays open. Only where there is a token. */
int bpf_token_namespace(void);

#endif
